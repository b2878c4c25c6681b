using System.Globalization;
using System.Text;
using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>Maps that another process made.</summary>
public sealed partial class BpfMap
{
    private BpfMap(int descriptor, string name, in MapInfo info) => (_descriptor, Name, _info) = (descriptor, name, info);

    /// <summary>
    /// A map by a descriptor, as a process gets one over a Unix socket: for the typed views, which look at its shape as at any map's.
    /// </summary>
    /// <remarks>
    /// The descriptor stays the caller's, and open as long as this view is used; <see cref="RingBuffer"/> and <see cref="MappedArray{T}"/>
    /// hold the map by themselves. Kernel: no capability; where bpf(2) is closed to those who have none (5.10), the shape is read in /proc.
    /// </remarks>
    /// <param name="descriptor">A descriptor of a map.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="BpfException">It is no descriptor of a map.</exception>
    public static BpfMap FromDescriptor(int descriptor, string name)
    {
        var result = BpfSyscall.Info<MapInfo>(descriptor, out var info);
        if (result == -Errno.EPERM)
            result = ReadShape(descriptor, out info);
        // A program or a link has a type, too, but the kernel gives a map a value or room; nothing else has both of these set.
        if (result < 0 || !IsMap(descriptor))
            throw new BpfException("take over map", name, result < 0 ? -result : Errno.EINVAL);
        return new BpfMap(descriptor, name, in info);
    }

    private static bool IsMap(int descriptor) =>
        File.ResolveLinkTarget(Link(descriptor), returnFinalTarget: false) is { } target
        && target.Name.EndsWith("bpf-map", StringComparison.Ordinal);

    private static string Link(int descriptor) => string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{descriptor}");

    // "map_type:\t2", a line each (bpf_map_show_fdinfo in kernel/bpf/syscall.c).
    private static int ReadShape(int descriptor, out MapInfo info)
    {
        info = default;
        try
        {
            foreach (var line in File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fdinfo/{descriptor}"), Encoding.ASCII))
                Read(line, ref info);
            return 0;
        }
        catch (IOException)
        {
            return -Errno.EBADF;
        }
    }

    private static void Read(string line, ref MapInfo info)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return;
        var text = line.AsSpan(colon + 1).Trim();
        var isHex = text.StartsWith("0x", StringComparison.Ordinal);
        if (!uint.TryParse(isHex ? text[2..] : text, isHex ? NumberStyles.HexNumber : NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            return;
        switch (line[..colon])
        {
            case "map_type": info.Type = value; break;
            case "key_size": info.KeySize = value; break;
            case "value_size": info.ValueSize = value; break;
            case "max_entries": info.MaxEntries = value; break;
            case "map_flags": info.Flags = value; break;
            default: break;
        }
    }
}
