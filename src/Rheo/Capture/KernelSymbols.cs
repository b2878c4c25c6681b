using System.Globalization;

namespace Rheo.Capture;

/// <summary>Names of addresses in the kernel's text, from /proc/kallsyms. Threads: one.</summary>
internal sealed class KernelSymbols
{
    private const string Path = "/proc/kallsyms";

    private readonly Dictionary<ulong, string> _names = [];

    /// <summary>The function that an address lies in; the address in hex where the kernel hides its symbols.</summary>
    internal string Name(ulong address) => _names.TryGetValue(address, out var name) ? name : $"0x{address:x}";

    /// <summary>Looks up addresses that are new. Cost: the file once, some 50 ms, if there is any.</summary>
    internal void Find(IEnumerable<ulong> addresses)
    {
        var wanted = addresses.Where(address => address != 0 && !_names.ContainsKey(address)).Distinct().Order().ToArray();
        if (wanted.Length == 0)
            return;
        var starts = new ulong[wanted.Length];
        var names = new string?[wanted.Length];
        foreach (var line in Lines())
            Consider(line, wanted, starts, names);
        for (var at = 0; at < wanted.Length; at++)
            _names[wanted[at]] = names[at] ?? $"0x{wanted[at]:x}";
    }

    // A service's sandbox (ProtectKernelTunables=) hides the file.
    private static IEnumerable<string> Lines()
    {
        try
        {
            return File.ReadLines(Path);
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // A symbol names all wanted addresses from its own on, unless a later one starts nearer to them.
    private static void Consider(string line, ulong[] wanted, ulong[] starts, string?[] names)
    {
        var fields = line.Split([' ', '\t'], 4);
        if (fields.Length < 3 || fields[1] is not ("t" or "T" or "w" or "W")
            || !ulong.TryParse(fields[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var start) || start == 0)
            return;
        var at = Array.BinarySearch(wanted, start);
        for (at = at < 0 ? ~at : at; at < wanted.Length && start >= starts[at]; at++)
            (starts[at], names[at]) = (start, fields[2]);
    }
}
