namespace Rheo.Model;

/// <summary>What each interface carried in each direction, by class of traffic.</summary>
/// <remarks>
/// Every packet at every point, so the same packet counts on each interface that it crosses. Numbers only grow.
/// Threads: one at a time. Cost: counting is one array access, no allocation.
/// </remarks>
public sealed class InterfaceTotals
{
    /// <summary>How many classes there are.</summary>
    public const int Classes = (int)TrafficClass.UnparsedTooDeep + 1;

    private readonly Dictionary<ObservationPoint, int> _handles = [];
    private readonly List<ObservationPoint> _points = [];
    private readonly Traffic[] _retired = new Traffic[2 * Classes];
    private readonly Stack<int> _free = [];
    private Traffic[] _traffic = [];

    /// <summary>The points with counts, in no order.</summary>
    public IReadOnlyCollection<ObservationPoint> Points => _handles.Keys;

    /// <summary>The class of an IP or ARP flow.</summary>
    public static TrafficClass ClassOf(in FlowKey key) => key.Network == NetworkType.Arp ? TrafficClass.Arp : ClassOf(key.Protocol);

    /// <summary>The class of an IP protocol.</summary>
    public static TrafficClass ClassOf(byte protocol) => protocol switch
    {
        Transport.Tcp => TrafficClass.Tcp,
        Transport.Udp => TrafficClass.Udp,
        Transport.Icmp => TrafficClass.Icmp,
        Transport.Icmp6 => TrafficClass.Icmp6,
        Transport.Sctp => TrafficClass.Sctp,
        _ => TrafficClass.OtherIp,
    };

    /// <summary>A handle for counting at the point; good until <see cref="Retire(int)"/> is called for its interface.</summary>
    public int Open(ObservationPoint point)
    {
        if (_handles.TryGetValue(point, out var handle))
            return handle;
        if (!_free.TryPop(out handle))
        {
            handle = _points.Count;
            _points.Add(point);
            if (_traffic.Length < _points.Count * Classes)
                Array.Resize(ref _traffic, Math.Max(16 * Classes, 2 * _traffic.Length));
        }
        _points[handle] = point;
        _handles[point] = handle;
        return handle;
    }

    /// <summary>Counts at the handle's point.</summary>
    public void Add(int handle, TrafficClass trafficClass, ulong packets, ulong bytes)
    {
        ref var traffic = ref _traffic[(handle * Classes) + (int)trafficClass];
        traffic = new Traffic(traffic.Packets + packets, traffic.Bytes + bytes);
    }

    /// <summary>The point that a handle counts at.</summary>
    public ObservationPoint PointOf(int handle) => _points[handle];

    /// <summary>Counts what interfaces that are gone had carried.</summary>
    public void AddRetired(bool egress, TrafficClass trafficClass, Traffic traffic) =>
        _retired[(egress ? Classes : 0) + (int)trafficClass] += traffic;

    /// <summary>What the point carried of the class; nothing when it was never counted at.</summary>
    public Traffic At(ObservationPoint point, TrafficClass trafficClass) =>
        _handles.TryGetValue(point, out var handle) ? _traffic[(handle * Classes) + (int)trafficClass] : default;

    /// <summary>What interfaces that are gone had carried in that direction.</summary>
    public Traffic Retired(bool egress, TrafficClass trafficClass) => _retired[(egress ? Classes : 0) + (int)trafficClass];

    /// <summary>Lets an interface go: its counts move to <see cref="Retired"/> and its handles end.</summary>
    public void Retire(int interfaceIndex)
    {
        Retire(new ObservationPoint(interfaceIndex, Egress: false), _retired.AsSpan(0, Classes));
        Retire(new ObservationPoint(interfaceIndex, Egress: true), _retired.AsSpan(Classes, Classes));
    }

    private void Retire(ObservationPoint point, Span<Traffic> into)
    {
        if (!_handles.Remove(point, out var handle))
            return;
        var counts = _traffic.AsSpan(handle * Classes, Classes);
        for (var index = 0; index < Classes; index++)
            into[index] += counts[index];
        counts.Clear();
        _free.Push(handle);
    }
}
