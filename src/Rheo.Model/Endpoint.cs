namespace Rheo.Model;

/// <summary>An address and a port: one end of a conversation.</summary>
/// <param name="Address">The address.</param>
/// <param name="Port">The port in host order; 0 where the protocol has none.</param>
public readonly record struct Endpoint(Address Address, ushort Port) : IComparable<Endpoint>
{
    /// <summary>Orders by address, then by port.</summary>
    public int CompareTo(Endpoint other)
    {
        var address = Address.CompareTo(other.Address);
        return address != 0 ? address : Port.CompareTo(other.Port);
    }

    /// <summary>Whether left comes first.</summary>
    public static bool operator <(Endpoint left, Endpoint right) => left.CompareTo(right) < 0;

    /// <summary>Whether left comes last.</summary>
    public static bool operator >(Endpoint left, Endpoint right) => left.CompareTo(right) > 0;

    /// <summary>Whether left comes first, or both are the same.</summary>
    public static bool operator <=(Endpoint left, Endpoint right) => left.CompareTo(right) <= 0;

    /// <summary>Whether left comes last, or both are the same.</summary>
    public static bool operator >=(Endpoint left, Endpoint right) => left.CompareTo(right) >= 0;

    /// <summary><c>10.0.0.1:80</c>, <c>[2001:db8::1]:80</c>; the bare address when the port is 0.</summary>
    public override string ToString()
    {
        if (Port == 0)
            return Address.ToString();
        return Address.IsIPv4 ? $"{Address}:{Port}" : $"[{Address}]:{Port}";
    }
}
