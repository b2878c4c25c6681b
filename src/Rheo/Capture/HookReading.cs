using Rheo.Bpf;
using Rheo.Bpf.Netlink;

namespace Rheo.Capture;

/// <summary>
/// One look at the hooks of all interfaces that are watched. Threads: <see cref="Run"/> on any; the rest when it is done.
/// </summary>
/// <param name="devices">Asks for the devices.</param>
/// <param name="looks">By interface.</param>
/// <param name="wantsFilters">Some of ours are filters.</param>
internal sealed class HookReading(DeviceReader devices, IReadOnlyDictionary<int, HookLook> looks, bool wantsFilters)
{
    private volatile bool _isDone;

    /// <summary>All was read, as far as that was possible.</summary>
    internal bool IsDone => _isDone;

    /// <summary>What was seen, in the order of the interfaces' numbers.</summary>
    internal Queue<(NetworkDevice Device, HookLook Look)> Seen { get; } = new();

    /// <summary>The kernel refused to tell; what was known before still stands.</summary>
    internal bool HasFailed { get; private set; }

    /// <summary>Reads.</summary>
    internal void Run()
    {
        try
        {
            var withFilters = wantsFilters ? devices.WithFilters() : null;
            foreach (var device in devices.List())
                Read(device, withFilters?.Contains(device.Index) ?? false);
        }
        catch (BpfException)
        {
            HasFailed = true;
        }

        _isDone = true;
    }

    private void Read(NetworkDevice device, bool hasFilters)
    {
        if (!looks.TryGetValue(device.Index, out var look))
            return;
        look.Read(device, hasFilters);
        Seen.Enqueue((device, look));
    }
}
