namespace Rheo.Web;

/// <summary>A stream to one client.</summary>
/// <param name="Next">Gives the next piece, and null after the last.</param>
/// <param name="Stalled">Is told when the client takes nothing any more and is let go.</param>
public sealed record SocketStream(Func<CancellationToken, ValueTask<byte[]?>> Next, Action Stalled);
