using System.Globalization;

namespace Rheo.Bpf;

/// <summary>What kernel.perf_event_paranoid asks of those who open perf events.</summary>
internal static class PerfParanoia
{
    private const string Setting = "/proc/sys/kernel/perf_event_paranoid";

    /// <summary>3 and more: a patch of Debian and Ubuntu, under which CAP_PERFMON is not enough.</summary>
    private const int Debian = 3;

    internal static bool NeedsSystemAdmin() =>
        File.Exists(Setting)
        && int.TryParse(File.ReadAllText(Setting), NumberStyles.Integer, CultureInfo.InvariantCulture, out var level)
        && level >= Debian;
}
