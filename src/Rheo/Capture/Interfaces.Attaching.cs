using System.Diagnostics;
using Rheo.Bpf;
using Rheo.Bpf.Netlink;

namespace Rheo.Capture;

/// <content>What is done about each change, and in which order.</content>
internal sealed partial class Interfaces
{
    // At the start, where nobody waits for us, and before a warden has given up the rights that its threads would keep.
    private void ApplyHere(TimeSpan budget)
    {
        var start = Stopwatch.GetTimestamp();
        do
            Hear();
        while (BeginNext(here: true) && Stopwatch.GetElapsedTime(start) < budget);
        if (!HasNew)
            _objects.ReleaseInherited(); // what is left is of no interface that is wanted
    }

    private void Apply(TimeSpan budget)
    {
        var start = Stopwatch.GetTimestamp();
        do
        {
            Hear();
            Settle();
            while (_workers.HasRoom && BeginNext(here: false))
            {
                // As many as there is room for.
            }

            LetGo();
        }
        while (HasNew && _workers.Await(budget - Stopwatch.GetElapsedTime(start)));
        if (!HasNew)
            _objects.ReleaseInherited();
    }

    // What has happened comes first: it costs nothing, and who is gone needs no hook.
    private void Hear()
    {
        while (_changes.TryDequeue(out var change))
            Apply(change);
    }

    private bool BeginNext(bool here)
    {
        if (!_queue.TryTake(out var index, out var isSecond))
            return false;
        var attachment = _attached.GetValueOrDefault(index) ?? _wanted[index];
        var hook = new NewHook(attachment, isSecond ? TcDirection.Egress : TcDirection.Ingress);
        if (_areLinks)
            WantSecond(attachment);
        hook.Prepare(_objects);
        if (here && !hook.IsSettled)
            hook.Make(_objects);
        if (hook.IsSettled)
            Settle(hook);
        else
            Make(hook);
        return true;
    }

    private void Make(NewHook hook)
    {
        _underWay++;
        _workers.Begin(() =>
        {
            hook.Make(_objects);
            _made.Enqueue(hook);
        });
    }

    private void Settle()
    {
        for (; _made.TryDequeue(out var hook); _underWay--)
            Settle(hook);
    }

    private void Settle(NewHook hook)
    {
        var (attachment, index) = (hook.Attachment, hook.Attachment.Device.Index);
        var isFirst = _wanted.GetValueOrDefault(index) == attachment;
        if (!isFirst && _attached.GetValueOrDefault(index) != attachment)
            End(hook);
        else if (hook.Refusal is { } refused)
            Refuse(attachment.Device, refused);
        else
            Add(hook, isFirst);
    }

    private void Add(NewHook hook, bool isFirst)
    {
        var (attachment, index) = (hook.Attachment, hook.Attachment.Device.Index);
        hook.GiveTo(attachment);
        if (isFirst)
        {
            _wanted.Remove(index);
            _attached[index] = attachment;
            _tell(News(attachment));
        }

        _areLinks |= attachment.UsesTcx;
        WantSecond(attachment);
    }

    private void WantSecond(Attachment attachment)
    {
        if (attachment.TakeSecond())
            _queue.AddSecond(attachment.Device.Index);
    }

    // Its interface went while it was made, or is not wanted any more.
    private void End(NewHook hook)
    {
        if (hook.Link is null)
            return;
        var late = new Attachment(hook.Attachment.Device);
        hook.GiveTo(late);
        _ended.Enqueue(late);
    }

    // Where the interface went meanwhile, RTM_DELLINK is on its way.
    private void Refuse(NetworkDevice device, BpfException refused)
    {
        Forget(device.Index);
        if (refused.Errno == NoSuchDevice || IsGone(device.Index))
            return;
        if (Release(device.Index) is { } half)
            _ended.Enqueue(half);
        Warn($"{Text.Printable(device.Name)} is not watched: {refused.Message}");
    }

    private static bool IsGone(int index)
    {
        try
        {
            return NetworkDevices.Find(index) is null;
        }
        catch (BpfException)
        {
            return false; // nobody can tell: out of descriptors, say
        }
    }

    // Also that waits for the lock of all devices, and what is to be attached goes before.
    private void LetGo()
    {
        while (_ended.Count > 0 && _workers.HasRoom && (_queue.Count == 0 || _ended.Count > MostEnded))
            _workers.Begin(_ended.Dequeue().Dispose);
    }

    private void Apply(DeviceChange change)
    {
        if (change.Device is not { } device)
            return; // Resync: what follows brings us up to date
        if (change.Kind == DeviceChangeKind.Gone)
            Lose(device.Index);
        else
            Keep(device);
    }

    private void Keep(NetworkDevice device)
    {
        _names.Came(device.Index, device.Name);
        _tunnelsChanged |= device.Tunnel is not null;
        var wanted = _patterns.Wants(device.Name);
        if (_attached.TryGetValue(device.Index, out var attachment))
        {
            attachment.Device = device;
            if (wanted)
                _tell(News(attachment));
            else
                Release(device.Index)?.Dispose();
        }
        else if (!wanted)
        {
            Forget(device.Index);
        }
        else if (_wanted.TryGetValue(device.Index, out var waiting))
        {
            waiting.Device = device;
        }
        else
        {
            _wanted[device.Index] = new Attachment(device);
            _queue.Add(device.Index);
        }
    }

    private void Lose(int index)
    {
        if (Release(index) is { } attachment)
            _ended.Enqueue(attachment);
        _names.Went(index);
    }

    private Attachment? Release(int index)
    {
        Forget(index);
        if (!_attached.Remove(index, out var attachment))
            return null;
        _tunnelsChanged |= attachment.Device.Tunnel is not null;
        Gone.Add(index);
        _tell(new InterfaceNews(index, "", null, null, IsGone: true));
        return attachment;
    }

    private void Forget(int index)
    {
        _wanted.Remove(index);
        _queue.Remove(index);
    }
}
