namespace Rheo.Model.Filters;

/// <summary>Names of well-known ports, as tcpdump's users write them.</summary>
/// <remarks>A short list by heart and not /etc/services: a filter means the same on every machine. Source: IANA service names.</remarks>
internal static class Services
{
    private static readonly Dictionary<string, ushort> Ports = new()
    {
        ["ftp-data"] = 20, ["ftp"] = 21, ["ssh"] = 22, ["telnet"] = 23, ["smtp"] = 25, ["domain"] = 53, ["dns"] = 53, ["bootps"] = 67,
        ["bootpc"] = 68, ["tftp"] = 69, ["http"] = 80, ["kerberos"] = 88, ["pop3"] = 110, ["sunrpc"] = 111, ["ntp"] = 123, ["imap"] = 143,
        ["imap2"] = 143, ["snmp"] = 161, ["snmp-trap"] = 162, ["bgp"] = 179, ["ldap"] = 389, ["https"] = 443, ["microsoft-ds"] = 445,
        ["isakmp"] = 500, ["syslog"] = 514, ["submission"] = 587, ["ldaps"] = 636, ["domain-s"] = 853, ["rsync"] = 873, ["imaps"] = 993,
        ["pop3s"] = 995, ["openvpn"] = 1194, ["ms-sql-s"] = 1433, ["mqtt"] = 1883, ["nfs"] = 2049, ["etcd-client"] = 2379,
        ["etcd-server"] = 2380, ["mysql"] = 3306, ["ms-wbt-server"] = 3389, ["ipsec-nat-t"] = 4500, ["vxlan"] = 4789, ["sip"] = 5060,
        ["mdns"] = 5353, ["postgresql"] = 5432, ["amqp"] = 5672, ["geneve"] = 6081, ["redis"] = 6379, ["http-alt"] = 8080,
    };

    public static IEnumerable<string> Names => Ports.Keys;

    public static bool TryFind(string name, out ushort port) => Ports.TryGetValue(name, out port);
}
