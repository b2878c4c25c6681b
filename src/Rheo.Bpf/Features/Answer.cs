namespace Rheo.Bpf;

/// <summary>Remembers a probe's yes or no; asks again after a cannot-tell. Two threads may ask at once: the answers are the same.</summary>
internal sealed class Answer(Func<Support> probe)
{
    private volatile Support _known;

    internal Support Get()
    {
        if (_known == Support.Unknown)
            _known = probe();
        return _known;
    }
}
