using Rheo.Bpf;
using Rheo.Bpf.Netlink;

namespace Rheo.Capture;

/// <summary>What others have attached to the interfaces of this network namespace, and whether it stands before ours.</summary>
public static class Neighbours
{
    private const string Check = "neighbours";

    /// <summary>Looks at every hook of every interface.</summary>
    public static IEnumerable<Finding> Look()
    {
        try
        {
            var found = NetworkDevices.List().SelectMany(Look).ToList();
            return found.Count > 0 ? found : [Finding.Ok(FindingArea.Neighbours, Check, "nobody else is at the hooks of the interfaces")];
        }
        catch (BpfException refused)
        {
            return [Finding.Unknown(FindingArea.Neighbours, Check, "cannot look at the hooks: " + Text.Printable(refused.Message), "run as root")];
        }
    }

    /// <summary>The interfaces at which a Rheo's programs stand, by names fit to print; as far as this process may see.</summary>
    public static IReadOnlyList<string> Watched()
    {
        try
        {
            return [.. NetworkDevices.List().Where(device => TcHook.Query(device.Index, TcDirection.Ingress).Entries.Any(FlowObjects.Owns))
                .Select(device => Text.Printable(device.Name))];
        }
        catch (BpfException)
        {
            return [];
        }
    }

    private static IEnumerable<Finding> Look(NetworkDevice device) =>
    [
        .. HookFindings.Xdp(device).Select(xdp => Finding.Warn(FindingArea.Neighbours, $"{Check}.xdp", xdp.Message,
            $"if it drops nothing you want counted, leave it; else: ip link set dev {Text.Printable(device.Name)} xdp off")),
        .. Look(device, TcDirection.Ingress),
        .. Look(device, TcDirection.Egress),
    ];

    private static IEnumerable<Finding> Look(NetworkDevice device, TcDirection direction)
    {
        var entries = TcHook.Query(device.Index, direction).Entries;
        var ours = entries.ToList().FindIndex(FlowObjects.Owns);
        var agents = entries.Count(FlowObjects.Owns);
        for (var at = 0; at < entries.Count; at++)
        {
            if (!FlowObjects.Owns(entries[at]))
                yield return Judge(device, direction, entries[at], ours, at);
        }

        if (agents > 1)
        {
            yield return Finding.Warn(FindingArea.Neighbours, $"{Check}.second_agent",
                $"{HookFindings.Where(device, direction)}: {agents} Rheos watch here; each counts right, at so many times the cost", "stop all but one: systemctl stop rheo");
        }
    }

    private static Finding Judge(NetworkDevice device, TcDirection direction, TcHookEntry entry, int ours, int at)
    {
        var what = $"{HookFindings.Where(device, direction)}: {HookFindings.Describe(entry)}";
        if (ours < 0)
            return Finding.Ok(FindingArea.Neighbours, Check, $"{what} is there; a Rheo that starts now sees packets before it");
        return at > ours
            ? Finding.Ok(FindingArea.Neighbours, Check, $"{what} is there, after ours")
            : Finding.Warn(FindingArea.Neighbours, $"{Check}.before", $"{what} sees packets before us; what it drops or redirects is not counted",
                "start Rheo's agent again: it takes its place before those that are there");
    }
}
