using Rheo.Capture;
using Rheo.Model.Drops;
using Rheo.Model.Owners;

namespace Rheo.Agent;

/// <summary>Drops as this process itself watches them; with the owners of sockets where they can be known.</summary>
public sealed class OwnDrops : IDropSource
{
    private readonly PartReaders _parts;
    private readonly DropCapture _drops;

    private OwnDrops(PartReaders parts, DropCapture drops) => (_parts, _drops) = (parts, drops);

    /// <summary>Loads and attaches.</summary>
    /// <param name="withOwners">Also learn whose the sockets are, which needs an object of its own.</param>
    /// <exception cref="MissingSupportException">The kernel or our rights do not suffice; the message says what would.</exception>
    public static OwnDrops Open(bool withOwners = true)
    {
        var parts = PartReaders.Open(withOwners ? [OptionalParts.Drop, OptionalParts.Socket] : [OptionalParts.Drop]);
        if (parts.Get<DropCapture>() is { } drops)
            return new OwnDrops(parts, drops);
        using (parts)
            throw new MissingSupportException(parts.Warnings.FirstOrDefault() ?? "the drop object is not there");
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings => _parts.Warnings;

    /// <inheritdoc/>
    public void Poll()
    {
        _parts.Drain();
        _parts.Scan((DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100);
    }

    /// <inheritdoc/>
    public DropSnapshot Read()
    {
        Poll();
        return _drops.Read().Owned(_parts.Get<ISocketOwners>());
    }

    /// <inheritdoc/>
    public void Dispose() => _parts.Dispose();
}
