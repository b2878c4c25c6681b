using System.Runtime.InteropServices;
using Rheo.Bpf.Interop;
using static Rheo.Bpf.Interop.NetlinkCalls;
using static Rheo.Bpf.Interop.NetlinkNumbers;

namespace Rheo.Bpf.Netlink;

/// <summary>Watches the devices of one network namespace: which are there, which come, change and go.</summary>
/// <remarks>
/// <b>Threads</b>: one reader; <see cref="Wake"/> may be called from any thread until <see cref="Dispose"/>.
/// <b>Kernel</b>: any; no capability. It stays with the network namespace of the thread that opened it, and keeps that namespace alive.
/// </remarks>
public sealed unsafe class DeviceWatcher : IDisposable
{
    /// <summary>1 MiB: some 500 devices may come at once without a resynchronisation (about 1.9 KiB of socket memory a message).</summary>
    private const int DefaultReceiveBuffer = 1024 * 1024;

    private readonly RouteSocket _events;
    private readonly RouteSocket _requests;
    private readonly DescriptorHandle _wake;
    private readonly DeviceTable _known = new();
    private bool _started;

    private DeviceWatcher(RouteSocket events, RouteSocket requests, DescriptorHandle wake)
    {
        _events = events;
        _requests = requests;
        _wake = wake;
    }

    /// <summary>
    /// Begins to watch the calling thread's network namespace. The first read reports the devices that are there already.
    /// </summary>
    /// <param name="receiveBuffer">Room for changes that are not read yet. <b>Units</b>: bytes of socket memory.</param>
    /// <returns>A watcher to be disposed.</returns>
    /// <exception cref="BpfException">Netlink is refused.</exception>
    public static DeviceWatcher Open(int receiveBuffer = DefaultReceiveBuffer)
    {
        var events = RouteSocket.Open(RTMGRP_LINK);
        // The first needs CAP_NET_ADMIN and may exceed net.core.rmem_max, the second does not and may not.
        if (!events.TrySetOption(SOL_SOCKET, SO_RCVBUFFORCE, receiveBuffer))
            events.TrySetOption(SOL_SOCKET, SO_RCVBUF, receiveBuffer);
        var wake = new DescriptorHandle(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
        if (!wake.IsInvalid)
            return new DeviceWatcher(events, RouteSocket.Open(), wake);
        var errno = Marshal.GetLastPInvokeError();
        events.Dispose();
        throw new BpfException("make an eventfd", "device watcher", errno);
    }

    /// <summary>The devices known after the last read, by index.</summary>
    public IReadOnlyDictionary<int, NetworkDevice> Devices => _known.Devices;

    /// <summary>Waits for changes and adds them to a list, oldest first.</summary>
    /// <param name="changes">Added to, never cleared.</param>
    /// <param name="timeout">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <returns>The number of changes added; 0 when the time was up, <see cref="Wake"/> was called, or nothing of note changed.</returns>
    /// <exception cref="BpfException">Netlink is refused.</exception>
    public int Read(ICollection<DeviceChange> changes, TimeSpan timeout)
    {
        var before = changes.Count;
        if (!_started)
            Reload(changes);
        else if (Wait(timeout))
            Drain(changes);
        return changes.Count - before;
    }

    /// <summary>Makes the read that waits now, or else the next one, return at once.</summary>
    public void Wake()
    {
        var one = 1UL;
        // A full counter (EAGAIN) is as good a wake-up as any.
        write(_wake, &one, sizeof(ulong));
    }

    /// <summary>Ends the watch. No read may be running: wake it and let it end first.</summary>
    public void Dispose()
    {
        _events.Dispose();
        _requests.Dispose();
        _wake.Dispose();
    }

    private bool Wait(TimeSpan timeout)
    {
        var milliseconds = timeout < TimeSpan.Zero ? -1 : (int)Math.Min(Math.Ceiling(timeout.TotalMilliseconds), int.MaxValue);
        // SAFETY: two elements on the stack; the descriptors are open, since nobody disposes during a read.
        var descriptors = stackalloc pollfd[2];
        descriptors[0] = new pollfd { fd = _events.Handle.Descriptor, events = POLLIN };
        descriptors[1] = new pollfd { fd = _wake.Descriptor, events = POLLIN };
        if (poll(descriptors, 2, milliseconds) <= 0)
            return false;
        ulong count;
        if (descriptors[1].revents != 0)
            read(_wake, &count, sizeof(ulong));
        return descriptors[0].revents != 0;
    }

    private void Drain(ICollection<DeviceChange> changes)
    {
        while (true)
        {
            var errno = _events.Receive(MSG_DONTWAIT, out var datagram);
            if (errno == Errno.EAGAIN)
                return;
            if (errno == ENOBUFS)
                Resync(changes);
            else if (errno != 0)
                throw new BpfException("read device changes", "NETLINK_ROUTE", errno);
            else
                _known.Apply(datagram, changes);
        }
    }

    /// <summary>Empties the socket first: what is still queued is older than the list that is read next.</summary>
    private void Resync(ICollection<DeviceChange> changes)
    {
        while (_events.Receive(MSG_DONTWAIT, out _) is 0 or ENOBUFS)
        {
        }
        changes.Add(new DeviceChange(DeviceChangeKind.Resync, null));
        Reload(changes);
    }

    private void Reload(ICollection<DeviceChange> changes)
    {
        _started = true;
        _known.Replace(NetworkDevices.List(_requests), changes);
    }
}
