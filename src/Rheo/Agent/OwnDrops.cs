using Rheo.Capture;
using Rheo.Model.Drops;
using Rheo.Model.Owners;

namespace Rheo.Agent;

/// <summary>Drops as this process itself watches them; with the owners of sockets where they can be known.</summary>
internal sealed class OwnDrops : IDisposable
{
    private readonly PartReaders _parts;
    private readonly DropCapture _drops;

    private OwnDrops(PartReaders parts, DropCapture drops) => (_parts, _drops) = (parts, drops);

    /// <summary>Loads and attaches.</summary>
    /// <exception cref="MissingSupportException">The kernel or our rights do not suffice; the message says what would.</exception>
    internal static OwnDrops Open()
    {
        var parts = PartReaders.Open([.. OptionalParts.All.Intersect([OptionalParts.Drop, OptionalParts.Socket])]);
        if (parts.Get<DropCapture>() is { } drops)
            return new OwnDrops(parts, drops);
        using (parts)
            throw new MissingSupportException(parts.Warnings.FirstOrDefault() ?? "the drop object is not there");
    }

    /// <summary>All that was dropped so far.</summary>
    internal DropSnapshot Read()
    {
        _parts.Drain();
        return _drops.Read().Owned(_parts.Get<ISocketOwners>());
    }

    public void Dispose() => _parts.Dispose();
}
