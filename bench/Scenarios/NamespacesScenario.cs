using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Rheo.Bench.Interop;
using Rheo.Bench.Machine;
using Rheo.Bench.Measure;
using Rheo.Bench.Traffic;
using Rheo.Measured;

namespace Rheo.Bench.Scenarios;

/// <summary>
/// Containers that live for a moment: 200 namespaces with a veth pair each, made in five seconds, and one connection from each 50 ms after
/// it is there. How many of these are recorded, with their namespace and their owner.
/// </summary>
internal sealed class NamespacesScenario : IScenario
{
    private const int Spaces = 200;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(25);

    public string Name => "namespaces";

    public string What => "200 namespaces with veth made in 5 s, a connection 50 ms after each: recorded with namespace and owner";

    public IReadOnlyList<Figure> Run(int rounds)
    {
        Leftovers.RemoveStale();
        using var home = NetworkNamespace.Create("home");
        using var server = new HastyServer(home);
        using var conns = new Recorder(home, "conns", "--follow", "-o", "json", "tcp", "port", $"{HastyServer.Port}");
        using var flows = new Recorder(home, "flows", "--follow", "-o", "json", "--agent", "never", "tcp", "port", $"{HastyServer.Port}");
        var begin = Clock.NowNs;
        var guests = Enumerable.Range(0, Spaces).Select(number => Begin(home, number, begin)).ToList();
        var seconds = (Clock.NowNs - begin) / 1e9;
        var connected = guests.Select(guest => guest.Finish()).Where(guest => guest.Process != 0).ToList();
        Clock.Sleep(TimeSpan.FromSeconds(3)); // two scans
        guests.ForEach(guest => guest.Dispose());
        var (sockets, packets) = (conns.Rows(), flows.Rows());
        return
        [
            Share("connections recorded with namespace and owner (rheo conns)", connected.Count(guest => sockets.Any(row => IsSocketOf(row, guest))), connected.Count, Goal.From(99),
                $"namespaces made in {seconds.ToString("F1", CultureInfo.InvariantCulture)} s"),
            // The kernel waits for a grace period of RCU at each of an interface's two hooks, and holds the lock of all interfaces meanwhile.
            Share("the same, packets counted too (rheo flows)", connected.Count(guest => packets.Any(row => IsFlowOf(row, guest))), connected.Count, null,
                "two hooks at an interface take the kernel some 25 ms"),
        ];
    }

    private Figure Share(string what, int recorded, int of, Goal? goal, string note) => new(
        Name, what, "%", Spread.Of([of == 0 ? 0 : 100.0 * recorded / of]), goal, $"{recorded} of {of} that were made; {note}");

    private static Guest Begin(NetworkNamespace home, int number, long begin)
    {
        var wait = begin + (number * (long)Beat.TotalNanoseconds) - Clock.NowNs;
        Clock.Sleep(TimeSpan.FromTicks(Math.Max(0, wait / 100)));
        return new Guest(home, number);
    }

    private static bool IsSocketOf(JsonElement row, Guest guest) =>
        row.GetProperty("local").GetProperty("address").GetString() == guest.Address
        && row.GetProperty("netns").GetInt64() == guest.Space
        && IsProcess(row.GetProperty("local"), guest.Process);

    private static bool IsFlowOf(JsonElement row, Guest guest) =>
        row.GetProperty("source").GetProperty("address").GetString() == guest.Address && IsProcess(row.GetProperty("source"), guest.Process);

    private static bool IsProcess(JsonElement end, int process) =>
        end.TryGetProperty("process", out var named) && named.GetProperty("pid").GetInt32() == process;

    /// <summary>A namespace that connects once.</summary>
    private sealed class Guest : IDisposable
    {
        private const string Script = """
            set -e
            ip netns add "$1"
            ip -n "$2" link add "$3" up type veth peer name eth0 netns "$1"
            ip -n "$2" addr add "$4/30" dev "$3"
            ip -n "$1" addr add "$5/30" dev eth0
            ip -n "$1" link set eth0 up
            stat -Lc %i "/run/netns/$1"
            sleep 0.05
            exec ip netns exec "$1" bash -c 'echo $$; exec 3<>"/dev/tcp/$0/$1"; read -r -t 2 -u 3' "$4" "$6"
            """;

        private readonly string _name;
        private readonly Process _running;

        public Guest(NetworkNamespace home, int number)
        {
            _name = $"{home.Name}-{number}";
            var net = $"10.79.{number / 64}";
            Address = $"{net}.{((number % 64) * 4) + 2}";
            _running = Command.Start(
                ["bash", "-c", Script, "guest", _name, home.Name, $"rb{number}", $"{net}.{((number % 64) * 4) + 1}", Address, $"{HastyServer.Port}"], keepOutput: true);
        }

        public string Address { get; }

        /// <summary>Inode of the namespace.</summary>
        public long Space { get; private set; }

        /// <summary>Who has connected; 0: nobody.</summary>
        public int Process { get; private set; }

        /// <summary>Waits for its end.</summary>
        public Guest Finish()
        {
            var words = _running.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            _running.WaitForExit();
            if (words.Length != 2)
                throw new BenchException($"{_name}: {_running.StandardError.ReadToEnd().Trim()}");
            (Space, Process) = (long.Parse(words[0], CultureInfo.InvariantCulture), int.Parse(words[1], CultureInfo.InvariantCulture));
            return this;
        }

        public void Dispose()
        {
            Command.Stop(_running, Libc.SIGKILL);
            _running.Dispose();
            if (File.Exists($"/run/netns/{_name}"))
                Command.Run("ip", "netns", "delete", _name);
        }
    }
}
