using System.Text;
using System.Text.Unicode;

namespace Rheo.Bpf.Netlink;

/// <summary>Text out of netlink: the kernel lets a name hold any byte but '/', ':', white space and zero.</summary>
internal static class NetlinkText
{
    /// <summary>
    /// Decodes up to the first zero. Valid UTF-8 stays as it is (control characters too: they are escaped where a person reads them);
    /// otherwise each byte above 0x7F becomes <c>\xHH</c>, so that two different names never look the same by accident.
    /// </summary>
    internal static string Decode(ReadOnlySpan<byte> value)
    {
        var end = value.IndexOf((byte)0);
        if (end >= 0)
            value = value[..end];
        return Utf8.IsValid(value) ? Encoding.UTF8.GetString(value) : Escape(value);
    }

    private static string Escape(ReadOnlySpan<byte> value)
    {
        var text = new StringBuilder(value.Length * 4);
        foreach (var octet in value)
        {
            if (octet < 0x80)
                text.Append((char)octet);
            else
                text.Append("\\x").Append(octet.ToString("X2"));
        }
        return text.ToString();
    }
}
