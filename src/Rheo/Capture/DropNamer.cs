using System.Text;
using Rheo.Bpf;
using Rheo.Model;
using Rheo.Model.Drops;

namespace Rheo.Capture;

/// <summary>
/// Turns what the drop object keeps as numbers into words. Names of places come from the program itself, since who has no rights may not
/// read the kernel's symbols; below 5.13 they are read there. Threads: one.
/// </summary>
internal sealed class DropNamer
{
    // The return address that the tracepoint tells may be the byte behind the function's last call.
    private const ulong BeforeReturn = 1;

    /// <summary>A place of which no name is known yet.</summary>
    internal const string Nameless = "unknown";

    private readonly BpfMap<ulong, DropSite> _sites;
    private readonly BpfMap<DropDevice, DropDeviceName> _devices;
    private readonly DropReasonNames _reasons;
    private readonly KernelSymbols? _symbols;
    private readonly Dictionary<ulong, string> _places = [];

    internal DropNamer(HandedObject handed)
    {
        _sites = new(handed.Map("drop_sites"));
        _devices = new(handed.Map("drop_devices"));
        _reasons = new(handed.Facts);
        _symbols = handed.Descriptors.ContainsKey(DropHooks.Listeners) ? null : new KernelSymbols();
    }

    /// <summary>A counter with its words.</summary>
    internal DropTotal Total(in DropPlace place, DroppedFlow? flow, in DropCounts counts, long lastSeenNs)
    {
        var isXdp = (place.Hook & ~(ushort)DropHook.Gone) == (ushort)DropHook.Xdp;
        var where = isXdp ? "xdp" : Place(place.Location);
        var reason = isXdp ? "XDP_EXCEPTION" : DropReasons.Named(_reasons.Name(place.Reason), where, _reasons.GivesReasons);
        return new DropTotal(reason, where, (int)place.Ifindex, place.Netns, place.Protocol, flow, counts.Packets, counts.Bytes, lastSeenNs)
        {
            Device = Device(place.Netns, place.Ifindex),
        };
    }

    private string Place(ulong location)
    {
        if (_places.TryGetValue(location, out var known))
            return known;
        if (_symbols is not null)
        {
            _symbols.Find([location - BeforeReturn]);
            return _places[location] = _symbols.Name(location - BeforeReturn);
        }

        // Not remembered: the counter may be read just before its name is written.
        return _sites.TryGet(location, out var site) ? _places[location] = Read(site.Name) : Nameless;
    }

    // Not remembered either: devices are renamed, and their numbers used again.
    private string Device(uint space, uint index) =>
        index != 0 && _devices.TryGet(new DropDevice { Netns = space, Ifindex = index }, out var device) ? Read(device.Name) : "";

    private static string Read(ReadOnlySpan<byte> name) =>
        Encoding.UTF8.GetString(name[..(name.IndexOf((byte)0) is >= 0 and var end ? end : name.Length)]);
}
