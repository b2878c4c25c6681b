namespace Rheo.Model.Owners;

/// <summary>Whose an end of a conversation is. Unknown is an answer; wrong is not.</summary>
public interface ISocketOwners
{
    /// <summary>The processes at one end, first the one that used the socket last; empty where they are not known.</summary>
    /// <param name="protocol">IP protocol; see <see cref="Transport"/>.</param>
    /// <param name="local">The end that is asked for.</param>
    /// <param name="remote">The other end.</param>
    /// <param name="firstSeenNs">First packet, in nanoseconds since the Unix epoch: a socket that ended before is another's.</param>
    /// <param name="lastSeenNs">Last packet: a socket that began later is another's.</param>
    IReadOnlyList<SocketProcess> Find(byte protocol, Endpoint local, Endpoint remote, long firstSeenNs, long lastSeenNs);

    /// <summary>It will be asked for these ends, after a few others: what that takes is fetched meanwhile. Nothing need be done.</summary>
    void Expect(byte protocol, Endpoint local, Endpoint remote)
    {
    }

    /// <summary>The processes that use a socket, first the one that used it last; empty where they are not known.</summary>
    /// <param name="cookie">The kernel's number of the socket.</param>
    IReadOnlyList<SocketProcess> FindByCookie(ulong cookie) => [];
}
