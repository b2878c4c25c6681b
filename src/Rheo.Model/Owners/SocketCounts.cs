namespace Rheo.Model.Owners;

/// <summary>What a <see cref="SocketTable"/> holds, and what it could not hold. Totals only grow.</summary>
/// <param name="Live">Sockets that are open.</param>
/// <param name="Ended">Sockets that ended a short time ago.</param>
/// <param name="Ownerless">Of the open ones, those whose process is not known.</param>
/// <param name="Processes">Processes that are known.</param>
/// <param name="Namespaces">Network namespaces whose addresses are known.</param>
/// <param name="LetGo">Total of sockets that went before their time, since there was no room.</param>
/// <param name="Found">Total of questions that were answered …</param>
/// <param name="NotFound">… and of those that were not.</param>
public readonly record struct SocketCounts(
    int Live, int Ended, int Ownerless, int Processes, int Namespaces, long LetGo, long Found, long NotFound);
