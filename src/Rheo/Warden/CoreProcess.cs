using System.Collections.Concurrent;
using System.Diagnostics;
using Rheo.Warden.Interop;

namespace Rheo.Warden;

/// <summary>
/// A running core and the channel to it. What it says is a byte, <see cref="Ready"/>, or in the end <see cref="Doors"/> with words for the core
/// that follows: the warden has nothing to parse.
/// Threads: one, beside the one that listens.
/// </summary>
internal sealed class CoreProcess : IDisposable
{
    /// <summary>A message of a core: it reads, and serves.</summary>
    internal const byte Ready = (byte)'R';

    /// <summary>The last message of one that another version relieves: the sockets on which it listened come beside it.</summary>
    internal const byte Doors = (byte)'D';

    /// <summary>A port and a Unix socket.</summary>
    private const int MostDoors = 2;

    /// <summary>An address and a path, at their longest, and what is between them.</summary>
    private const int LongestMessage = 256;

    /// <summary>Messages that wait while the core does not read, at most: some 10 MB; then it is taken for dead.</summary>
    private const int MostWaiting = 10_000;

    private readonly int _process;
    private readonly Channel _channel;
    private readonly Action _wake;
    private readonly Queue<(byte[] Message, int[] Descriptors)> _waiting = new();
    private readonly Thread _listener;
    private volatile bool _hungUp;
    private long _readySince;
    private CoreEnd? _end;
    private (byte[] Words, int[] Descriptors) _doors = ([], []);

    private CoreProcess(int process, Channel channel, Action wake)
    {
        (_process, _channel, _wake) = (process, channel, wake);
        _listener = new Thread(ListenWithoutRights) { IsBackground = true, Name = "core listener" };
        _listener.Start();
    }

    /// <summary>It has hung up: it is dead, or dying.</summary>
    internal bool HasHungUp => _hungUp;

    /// <summary>It was ready once.</summary>
    internal bool WasReady => Volatile.Read(ref _readySince) != 0;

    /// <summary>Its number.</summary>
    internal int Id => _process;

    /// <summary>The descriptor of our end of its channel.</summary>
    internal int ChannelDescriptor => _channel.Descriptor;

    /// <summary>How long it has been ready; zero before.</summary>
    internal TimeSpan ReadyFor => WasReady ? Stopwatch.GetElapsedTime(Volatile.Read(ref _readySince)) : TimeSpan.Zero;

    /// <summary>Starts one.</summary>
    /// <exception cref="IOException">It could not be started.</exception>
    internal static CoreProcess Start(CoreLauncher launcher, string[] arguments, Action wake)
    {
        var (ours, theirs) = Channel.Pair();
        using (theirs)
        {
            try
            {
                return new CoreProcess(launcher.Start(arguments, theirs), ours, wake);
            }
            catch
            {
                ours.Dispose();
                throw;
            }
        }
    }

    /// <summary>Goes on with one that this process started before it began another program.</summary>
    internal static CoreProcess TakeOver(int process, int channel, Action wake) => new(process, new Channel(channel), wake);

    /// <summary>Sends a message, in order, as soon as the core reads; descriptors stay the caller's, and open until it did.</summary>
    /// <exception cref="IOException">It is too long.</exception>
    internal void Send(byte[] message, params int[] descriptors)
    {
        if (Channel.Refusal(message.Length) is { } refusal)
            throw new IOException(refusal);
        _waiting.Enqueue((message, descriptors));
        Flush();
        if (_waiting.Count > MostWaiting)
            Kill();
    }

    /// <summary>It has not read all that was sent.</summary>
    internal bool IsBackedUp => _waiting.Count > 0;

    /// <summary>Sends what could not be sent before.</summary>
    internal void Flush()
    {
        while (_waiting.TryPeek(out var next) && _channel.TrySend(next.Message, next.Descriptors))
            _waiting.Dequeue();
    }

    /// <summary>Waits for its end; one that takes longer is killed.</summary>
    internal CoreEnd AwaitEnd(TimeSpan patience)
    {
        _end ??= Await(_process, patience);
        return _end.Value;
    }

    /// <summary>What one that has ended had to leave; the descriptors are the caller's. Nothing while it runs.</summary>
    internal (byte[] Words, int[] Descriptors) TakeDoors()
    {
        _listener.Join(); // it has heard all that there was
        var doors = _doors;
        _doors = ([], []);
        return doors;
    }

    /// <summary>Hangs up, on which a core ends, and sees to it that it does.</summary>
    public void Dispose()
    {
        _channel.Hangup();
        AwaitEnd(TimeSpan.FromSeconds(2));
        Descriptors.CloseAll(TakeDoors().Descriptors);
        _channel.Dispose();
    }

    /// <summary>Waits for the end of any process that we started; one that takes longer is killed.</summary>
    internal static CoreEnd Await(int process, TimeSpan patience)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            if (Reap(process) is { } end)
                return end;
            if (watch.Elapsed > patience)
                _ = ProcessCalls.kill(process, ProcessCalls.SIGKILL);
            Thread.Sleep(2);
        }
    }

    private void Kill()
    {
        if (_end is null)
            _ = ProcessCalls.kill(_process, ProcessCalls.SIGKILL);
    }

    private static unsafe CoreEnd? Reap(int process)
    {
        int status;
        var result = ProcessCalls.waitpid(process, &status, ProcessCalls.WNOHANG);
        if (result == 0)
            return null;
        return result == process ? CoreEnd.Of(status) : new CoreEnd(0, ExitCode.Failure);
    }

    // It hears what one says that everything was taken from.
    private void ListenWithoutRights()
    {
        ThreadRights.Keep(0);
        Listen();
    }

    private void Listen()
    {
        Span<byte> message = stackalloc byte[LongestMessage];
        var descriptors = new List<int>();
        while (_channel.Receive(message, descriptors) is > 0 and var length)
        {
            if (message[0] == Doors && descriptors.Count <= MostDoors && _doors.Descriptors.Length == 0)
                _doors = (message[1..length].ToArray(), [.. descriptors]);
            else
                Descriptors.CloseAll(descriptors); // nobody asked for any
            descriptors.Clear();
            if (message[0] == Ready)
                Volatile.Write(ref _readySince, Stopwatch.GetTimestamp());
            _wake();
        }

        Descriptors.CloseAll(descriptors); // of a message that was cut off
        _hungUp = true;
        _wake();
    }
}
