using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>Opens the drop object, fits it to the running kernel and loads it.</summary>
internal static class DropObject
{
    /// <exception cref="BpfException">The kernel or our rights do not suffice.</exception>
    internal static DropBpf Load(DropKernel kernel)
    {
        var bpf = DropBpf.Open();
        try
        {
            bpf.Rodata.ConsumedReason = kernel.ConsumedReason;
            bpf.Rodata.OverheardReason = kernel.OverheardReason;
            bpf.Rodata.PurgedReason = kernel.PurgedReason;
            bpf.Rodata.HasReason = kernel.HasReason;
            bpf.Rodata.HasSocket = kernel.HasSocket;
            bpf.Rodata.HasSnprintf = kernel.NamesPlaces;
            bpf.Programs.DropListeners.AutoLoad = kernel.NamesPlaces;
            DropFlows.Prepare(bpf);
            bpf.Load();
            return bpf;
        }
        catch
        {
            bpf.Dispose();
            throw;
        }
    }
}
