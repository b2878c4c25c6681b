using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>Loads every program once, to see what the verifier says.</summary>
public static class VerifierTrial
{
    /// <summary>Lines for a person: of each program how much the verifier looked at, or its whole log where it refused.</summary>
    /// <param name="lines">What there is to say.</param>
    /// <returns>True when all programs were accepted.</returns>
    public static bool Run(out IReadOnlyList<string> lines)
    {
        try
        {
            using var main = FlowObject.Load(CaptureOptions.DefaultTableEntries);
            using var linkLayerLess = FlowObject.LoadLinkLayerLess(main);
            using var drop = DropObject.Load(DropKernel.Read());
            using var tcp = TcpHooks.Load();
            using var socket = SocketHooks.Load();
            lines = [.. Accepted(main.Object), .. Accepted(linkLayerLess.Object), .. Accepted(drop.Object), .. Accepted(tcp.Object), .. Accepted(socket.Object)];
            return true;
        }
        catch (VerifierException refused)
        {
            lines = [refused.Message, .. refused.FullLog.Split('\n')];
            return false;
        }
        catch (BpfException refused)
        {
            lines = [refused.Message, .. refused.LibraryMessages];
            return false;
        }
    }

    private static IEnumerable<string> Accepted(BpfObject loaded) => loaded.Programs.Values
        .Where(program => program.AutoLoad)
        .Select(program => $"{program.Name}: accepted, {program.Statistics().VerifiedInstructions} instructions looked at");
}
