namespace Rheo.Model.Owners;

/// <summary>A process that has, or may have, a socket.</summary>
/// <param name="Process">Which one.</param>
/// <param name="LastUseNs">When it was last known to use or hold it.</param>
/// <param name="Walk">The walk over all descriptors that found it last.</param>
/// <param name="IsCertain">False: its parent had it when it was forked.</param>
internal readonly record struct SocketUser(OwnerProcess Process, long LastUseNs, long Walk, bool IsCertain);
