namespace Rheo.Model.Owners;

/// <summary>A process that has, or may have, a socket.</summary>
/// <param name="Process">Which one.</param>
/// <param name="LastUseNs">When it was last known to use or hold it.</param>
/// <param name="Walk">The walk over all descriptors that found it last.</param>
/// <param name="IsCertain">False: its parent had it when it was forked.</param>
internal readonly record struct SocketUser(OwnerProcess Process, long LastUseNs, long Walk, bool IsCertain)
{
    /// <summary>It has it once more. What is certain stays certain.</summary>
    internal SocketUser Again(long timeNs, long walk, bool isCertain) =>
        new(Process, Math.Max(LastUseNs, timeNs), Math.Max(Walk, walk), IsCertain || isCertain);

    /// <summary>After a walk: whether it neither was found with it nor used it since the walk began.</summary>
    internal bool IsGone(long walk, long walkBeganNs) => Walk != walk && LastUseNs < walkBeganNs;
}
