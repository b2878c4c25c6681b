using Rheo.Model.Owners;

namespace Rheo.Model.Table;

/// <summary>What one name in one container has sent and received.</summary>
internal sealed class OwnerAccount(string process, string container, long serial)
{
    public string Process => process;

    public string Container => container;

    public EndTraffic Traffic { get; private set; }

    public long UsedNs { get; private set; }

    /// <summary>Its sums have moved to those that are gone: nothing may be added any more.</summary>
    public bool IsClosed { get; set; }

    public void Add(EndTraffic traffic, long nowNs)
    {
        Traffic += traffic;
        UsedNs = nowNs;
    }

    public void ShiftTime(long byNs) => UsedNs += byNs;

    public OwnerTraffic Copy() => new(process, container, serial, Traffic);
}
