using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>Attachments of the version before that wait for a program of ours. Threads: one.</summary>
internal sealed class InheritedLinks : IDisposable
{
    private readonly Dictionary<(int, TcDirection), InheritedLink> _waiting;

    internal InheritedLinks(IEnumerable<InheritedLink> links) => _waiting = links.ToDictionary(link => (link.Interface, link.Direction));

    /// <summary>None.</summary>
    internal static InheritedLinks None => new([]);

    /// <summary>Puts a program in the place of the old one. Null when nothing of ours is attached there, or not any more.</summary>
    internal TcLink? TryTakeOver(BpfProgram program, int ifindex, TcDirection direction)
    {
        if (!_waiting.Remove((ifindex, direction), out var inherited))
            return null;
        TcLink? link = null;
        try
        {
            link = inherited.TakeOver();
            link.Update(program);
            return link;
        }
        catch (BpfException)
        {
            link?.Dispose();
            return null;
        }
    }

    /// <summary>Detaches what nobody wants any more.</summary>
    public void Dispose()
    {
        foreach (var inherited in _waiting.Values)
            Detach(inherited);
        _waiting.Clear();
    }

    private static void Detach(InheritedLink inherited)
    {
        try
        {
            inherited.TakeOver().Dispose();
        }
        catch (BpfException)
        {
            // Gone with its interface.
        }
    }
}
