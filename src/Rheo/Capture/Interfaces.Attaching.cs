using System.Diagnostics;
using Rheo.Bpf;
using Rheo.Bpf.Netlink;

namespace Rheo.Capture;

/// <content>What is done about each change, and in which order.</content>
internal sealed partial class Interfaces
{
    private void Apply(TimeSpan budget)
    {
        var start = Stopwatch.GetTimestamp();
        while (AttachNext())
        {
            if (_ended.Count > MostEnded)
                _ended.Dequeue().Dispose();
            if (Stopwatch.GetElapsedTime(start) > budget)
                return;
        }

        _objects.ReleaseInherited(); // what is left is of no interface that is wanted
        LetGo(start, budget);
    }

    // What has happened comes first: it costs nothing, and who is gone needs no hook.
    private bool AttachNext()
    {
        while (_changes.TryDequeue(out var change))
            Apply(change);
        if (!_queue.TryTake(out var index, out var isSecond))
            return false;
        if (isSecond)
            Complete(_attached[index]);
        else
            Attach(_wanted[index]);
        return true;
    }

    private void LetGo(long start, TimeSpan budget)
    {
        while (_ended.TryDequeue(out var attachment))
        {
            attachment.Dispose();
            if (_ended.Count > 0 && Stopwatch.GetElapsedTime(start) > budget)
            {
                _wake();
                return;
            }
        }
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
        else if (wanted)
        {
            _wanted[device.Index] = device;
            _queue.Add(device.Index);
        }
        else
        {
            Forget(device.Index);
        }
    }

    private void Attach(NetworkDevice device)
    {
        _wanted.Remove(device.Index);
        try
        {
            var attachment = _attached[device.Index] = Attachment.Begin(device, _objects);
            _tell(News(attachment));
            if (!attachment.IsComplete)
                _queue.AddSecond(device.Index);
        }
        catch (BpfException refused)
        {
            Refused(device, refused);
        }
    }

    private void Complete(Attachment attachment)
    {
        try
        {
            attachment.Complete(_objects);
        }
        catch (BpfException refused)
        {
            Release(attachment.Device.Index)?.Dispose();
            Refused(attachment.Device, refused);
        }
    }

    // Where it went while we attached, RTM_DELLINK is on its way.
    private void Refused(NetworkDevice device, BpfException refused)
    {
        if (NetworkDevices.Find(device.Index) is not null)
            Warn($"{Text.Printable(device.Name)} is not watched: {refused.Message}");
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
