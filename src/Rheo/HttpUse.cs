namespace Rheo;

/// <summary>What clients asked of the server. Immutable; numbers only grow, but for the connections.</summary>
/// <param name="Requests">Requests answered, by what was asked for and the status.</param>
/// <param name="Connections">Connections that are open now.</param>
/// <param name="Refused">Connections that were closed at once, since there were too many.</param>
public sealed record HttpUse(IReadOnlyList<HttpRequests> Requests, int Connections, ulong Refused)
{
    /// <summary>Nothing asked yet.</summary>
    public static HttpUse None { get; } = new([], 0, 0);
}
