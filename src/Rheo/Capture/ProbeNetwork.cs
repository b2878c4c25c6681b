using System.Runtime.ExceptionServices;
using Rheo.Bpf;
using Rheo.Bpf.Netlink;

namespace Rheo.Capture;

/// <summary>
/// A private network with a cable and a loopback in it, through which probe packets are sent to see whether they are counted.
/// It lives in a namespace of one thread's own and is gone with it. Needs CAP_SYS_ADMIN, CAP_NET_ADMIN and CAP_NET_RAW.
/// </summary>
public sealed class ProbeNetwork : IDisposable
{
    private const string Left = "probe0";
    private const string Right = "probe1";
    private const string Loopback = "lo";

    private readonly FrameSender _sender = FrameSender.Open();
    private readonly Dictionary<string, int> _devices = NetworkDevices.List().ToDictionary(device => device.Name, device => device.Index);

    private ProbeNetwork()
    {
    }

    /// <summary>The points that one probe packet on each interface passes: name, direction.</summary>
    public static IReadOnlyList<(string Interface, bool Egress)> Points { get; } =
        [(Loopback, false), (Left, true), (Right, false), (Right, true), (Left, false)];

    /// <summary>Runs something on a thread that is in the network.</summary>
    /// <exception cref="MissingSupportException">The network cannot be made; the message says why.</exception>
    public static T Run<T>(Func<ProbeNetwork, T> test)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                ScratchNetwork.Enter(Left, Right);
                using var network = new ProbeNetwork();
                result = test(network);
            }
            catch (BpfException refused)
            {
                failure = ExceptionDispatchInfo.Capture(new MissingSupportException(refused.Message, refused));
            }
            catch (Exception other)
            {
                failure = ExceptionDispatchInfo.Capture(other);
            }
        })
        { IsBackground = true, Name = "self-test" };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    /// <summary>The index of one of the interfaces.</summary>
    public int IndexOf(string name) => _devices[name];

    /// <summary>Sends so many UDP packets out of each interface.</summary>
    public void Send(int count)
    {
        for (var packet = 0; packet < count; packet++)
        {
            foreach (var (name, port) in (ReadOnlySpan<(string, ushort)>)[(Loopback, 40001), (Left, 40002), (Right, 40003)])
                _sender.Send(_devices[name], Frame(port));
        }
    }

    /// <summary>Packets that an interface has counted itself, in one direction.</summary>
    public long Counted(string name, bool egress)
    {
        var counters = NetworkDevices.Find(_devices[name])?.Counters ?? default;
        return (long)(egress ? counters.SentPackets : counters.ReceivedPackets);
    }

    /// <summary>Ends the sending; the network ends with its thread.</summary>
    public void Dispose() => _sender.Dispose();

    // To everybody on the cable, from 192.0.2.1 to 192.0.2.2 (documentation addresses), port 9 (discard): nobody answers.
    private static byte[] Frame(ushort port)
    {
        var frame = new byte[60];
        frame.AsSpan(0, 6).Fill(0xff);
        frame[6] = 2;
        (frame[12], frame[13]) = (8, 0);
        byte[] ip = [0x45, 0, 0, 46, 0, 0, 0, 0, 64, 17, 0xf6, 0xbb, 192, 0, 2, 1, 192, 0, 2, 2];
        ip.CopyTo(frame, 14);
        (frame[34], frame[35], frame[37], frame[39]) = ((byte)(port >> 8), (byte)port, 9, 26);
        return frame;
    }
}
