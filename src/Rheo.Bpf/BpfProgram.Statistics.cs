using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>What the kernel knows of a loaded program.</summary>
public sealed partial class BpfProgram
{
    /// <summary>The kernel's number of the loaded program, as bpftool shows it.</summary>
    /// <exception cref="BpfException">The kernel refused to tell.</exception>
    public int Id => (int)Info().Id;

    /// <summary>Reads the run time and run count that the kernel keeps while a <see cref="StatisticsSwitch"/> is on.</summary>
    /// <remarks>Cost: one system call, no allocation.</remarks>
    /// <exception cref="BpfException">The kernel refused to tell.</exception>
    public ProgramStatistics Statistics()
    {
        var info = Info();
        return new ProgramStatistics((long)info.RunTimeNs, (long)info.RunCount, (long)info.RecursionMisses, (int)info.VerifiedInstructions);
    }

    private ProgramInfo Info()
    {
        var result = BpfSyscall.Info<ProgramInfo>(FileDescriptor, out var info);
        return result >= 0 ? info : throw new BpfException("read information of program", Name, -result);
    }
}
