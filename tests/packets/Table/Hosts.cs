namespace Rheo.Packets;

/// <summary>Addresses of the table, from the ranges kept for documentation (RFC 5737, RFC 3849) and private use.</summary>
internal static class Hosts
{
    public const string A = "192.0.2.10";
    public const string B = "198.51.100.20";
    public const string A6 = "2001:db8::10";
    public const string B6 = "2001:db8:1::20";

    /// <summary>The two ends of a tunnel.</summary>
    public const string T = "10.1.0.1";
    public const string U = "10.1.0.2";
    public const string T6 = "fd00:1::1";
    public const string U6 = "fd00:1::2";

    /// <summary>The two ends of a tunnel around a tunnel.</summary>
    public const string V = "172.16.0.1";
    public const string W = "172.16.0.2";
    public const string V6 = "fd00:2::1";
    public const string W6 = "fd00:2::2";
}
