namespace Rheo.Capture;

/// <summary>
/// The reading half of an optional part, which needs no right. Whoever wants what it read asks <see cref="PartReaders.Get{T}"/> for it by
/// its own type, or by an interface that it has. Threads: the polling thread.
/// </summary>
/// <remarks>Errors: a <see cref="Bpf.BpfException"/> out of any of these ends the part, with a warning; the rest goes on.</remarks>
public interface IPartReader : IDisposable
{
    /// <summary>What it lost, by stage: always the same stages, zeroes included; all numbers only grow.</summary>
    IEnumerable<StageLoss> Losses => [];

    /// <summary>Reads its rings, if it has any. Each round: twice a second at rest, four times where something flows, and more often under load.</summary>
    /// <returns>True when it is to be asked again soon: there was something.</returns>
    bool Drain() => false;

    /// <summary>Reads what the kernel has added up. After each scan of the flow table.</summary>
    /// <param name="nowNs">The scan's time, Unix ns.</param>
    void Scan(long nowNs)
    {
    }
}
