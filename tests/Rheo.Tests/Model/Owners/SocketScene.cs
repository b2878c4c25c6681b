using Rheo.Model;
using Rheo.Model.Owners;

namespace Rheo.Tests.Model.Owners;

/// <summary>A table and short words to tell it things.</summary>
internal sealed class SocketScene
{
    internal const ulong Here = 1, There = 2;
    internal static readonly Endpoint Client = End("10.0.0.1:40000"), Server = End("10.0.0.2:80");
    internal const long Ms = 1_000_000;

    internal SocketScene(SocketTableOptions? options = null) =>
        Table = new SocketTable(options ?? new SocketTableOptions { LoopbackNamespace = Here });

    internal SocketTable Table { get; }

    internal static Endpoint End(string text)
    {
        var colon = text.LastIndexOf(':');
        return new Endpoint(Address.Parse(text[..colon].Trim('[', ']')), ushort.Parse(text[(colon + 1)..]));
    }

    internal ProcessKey Process(int pid, long start = 1, string name = "p")
    {
        var key = new ProcessKey(pid, start);
        Table.Tell(key, new SocketProcess { Pid = pid, Name = name, Uid = 0, Executable = "/bin/" + name }, start);
        return key;
    }

    internal void Tell(
        SocketEvent what, long timeMs, ulong cookie, Endpoint local, Endpoint remote, ProcessKey process = default,
        byte protocol = Transport.Tcp, ulong space = Here, bool passive = false, bool ipv6 = false, bool only6 = false) =>
        Table.Tell(new SocketMoment
        {
            Event = what,
            TimeNs = timeMs * Ms,
            Cookie = cookie,
            Namespace = space,
            Protocol = protocol,
            Local = local,
            Remote = remote,
            Process = process,
            IsPassive = passive,
            IsIPv6 = ipv6,
            IsIPv6Only = only6,
        });

    /// <summary>A whole outgoing connection.</summary>
    internal void Connect(ulong cookie, ProcessKey process, long fromMs, long? toMs = null, ulong space = Here)
    {
        Tell(SocketEvent.Connecting, fromMs, cookie, new Endpoint(default, 0), default, process, space: space);
        Tell(SocketEvent.Established, fromMs + 1, cookie, Client, Server, space: space);
        if (toMs is { } end)
            Tell(SocketEvent.Released, end, cookie, Client, Server, process, space: space);
    }

    /// <summary>Numbers of the processes at an end.</summary>
    internal int[] Pids(Endpoint local, Endpoint remote, long fromMs, long toMs, byte protocol = Transport.Tcp) =>
        [.. Table.Find(protocol, local, remote, fromMs * Ms, toMs * Ms).Select(process => process.Pid)];
}
