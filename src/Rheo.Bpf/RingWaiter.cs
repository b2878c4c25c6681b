using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>Waits for the wake-ups of one or more rings that one thread reads, and for other threads.</summary>
/// <remarks>Threads: one waits; <see cref="Wake"/> may be called from any. A single ring has this built in: <see cref="RingBuffer.Wait"/>.</remarks>
public sealed class RingWaiter : IDisposable
{
    private const ulong WakeToken = ulong.MaxValue;
    private readonly DescriptorHandle _epoll;
    private readonly DescriptorHandle _event;
    private readonly RingBuffer[] _rings;

    /// <summary>Makes a waiter for rings, which must outlive it.</summary>
    /// <param name="rings">The rings that the waiting thread reads.</param>
    /// <exception cref="BpfException">The process is out of descriptors.</exception>
    public RingWaiter(params ReadOnlySpan<RingBuffer> rings)
    {
        _rings = rings.ToArray();
        _epoll = DescriptorHandle.Of(Epoll.Create(), "wait for", "rings");
        _event = DescriptorHandle.Of(Epoll.CreateEvent(), "wait for", "rings");
        Watch(_event.Descriptor, WakeToken, "wake-up event");
        // Edge-triggered: only a wake-up that a program raises counts, not that something is left in the ring; else a reader of
        // programs that submit without wake-ups would never sleep under load.
        for (var i = 0; i < rings.Length; i++)
            Watch(rings[i].Descriptor, (ulong)i, rings[i].Name);
    }

    /// <summary>True if some ring has bytes to read, finished or not.</summary>
    public bool HasRecords
    {
        get
        {
            foreach (var ring in _rings)
            {
                if (ring.AvailableBytes > 0)
                    return true;
            }

            return false;
        }
    }

    /// <summary>Waits for the next wake-up that a program raises on any of the rings, a <see cref="Wake"/>, or the time.</summary>
    /// <remarks>What lies in the rings does not end the wait; ask <see cref="HasRecords"/> before where that is wanted. It may end
    /// early, as timed out, by a signal. Cost: one or two system calls, no allocation.</remarks>
    /// <param name="timeout">How long at most, rounded up to milliseconds; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    public RingWake Wait(TimeSpan timeout)
    {
        ObjectDisposedException.ThrowIf(_epoll.IsClosed, this);
        var milliseconds = timeout < TimeSpan.Zero ? -1 : (int)Math.Min(Math.Ceiling(timeout.TotalMilliseconds), int.MaxValue);
        var (count, token) = Epoll.Wait(_epoll.Descriptor, milliseconds);
        if (count < 0 && count != -Errno.EINTR)
            throw new BpfException("wait for", "rings", -count);
        if (count <= 0)
            return RingWake.TimedOut;
        return token == WakeToken ? Rouse() : RingWake.Records;
    }

    /// <summary>Ends the wait of the reading thread, or its next one if it is not waiting. May be called from any thread, also after the end: then nobody waits.</summary>
    public void Wake()
    {
        var isHeld = false;
        try
        {
            _event.DangerousAddRef(ref isHeld);
            Epoll.Signal(_event.Descriptor);
        }
        catch (ObjectDisposedException)
        {
            // Who wakes need not know that the reader has ended meanwhile.
        }
        finally
        {
            if (isHeld)
                _event.DangerousRelease();
        }
    }

    /// <summary>Closes the waiter; the rings stay open.</summary>
    public void Dispose()
    {
        _event.Dispose();
        _epoll.Dispose();
    }

    private RingWake Rouse()
    {
        Epoll.Drain(_event.Descriptor);
        return RingWake.Woken;
    }

    private void Watch(int descriptor, ulong token, string name)
    {
        var result = Epoll.Add(_epoll.Descriptor, descriptor, token);
        if (result < 0)
            throw new BpfException("wait for", name, -result);
    }
}
