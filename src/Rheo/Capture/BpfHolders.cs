using System.Globalization;
using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>Finds the processes that hold programs and maps open, by what /proc tells of their descriptors.</summary>
public static class BpfHolders
{
    /// <summary>The processes of one Rheo: the warden holds programs, the core only what it reads; one process is both.</summary>
    public static IReadOnlyList<(string Role, int Id)> Of(IReadOnlyList<LoadedProgram> programs)
    {
        var ids = programs.Select(program => program.Id).ToHashSet();
        var maps = programs.SelectMany(program => program.Maps).ToHashSet();
        var found = new List<(int Id, bool HasProgram)>();
        foreach (var folder in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && Holds(folder, ids, maps) is { } hasProgram)
                found.Add((id, hasProgram));
        }

        return [.. found.Select(one => (found.Count == 1 ? "agent" : one.HasProgram ? "warden" : "core", one.Id)).Order()];
    }

    /// <summary>Whether a process lives in this one's network namespace.</summary>
    public static bool IsInOurNetwork(int process)
    {
        try
        {
            return File.ResolveLinkTarget(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/ns/net"), false)?.Name
                == File.ResolveLinkTarget("/proc/self/ns/net", false)?.Name;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>
    /// The programs that a process has attached, by the links that it holds. Not its iterators: they run inside the reads of a process, whose CPU
    /// time has them already; and not filters of traffic control, which have no link.
    /// </summary>
    public static IReadOnlyList<uint> Attached(int process)
    {
        var folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}");
        var found = new HashSet<uint>();
        try
        {
            foreach (var descriptor in Directory.GetFiles(folder + "/fd"))
            {
                var kind = File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.Name ?? "";
                if (kind.EndsWith("bpf_link", StringComparison.Ordinal) && Field(folder, descriptor, "link_type:") != "iter" && Number(folder, descriptor, "prog_id:") is > 0 and var id)
                    found.Add(id);
            }
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or is not ours to look at.
        }

        return [.. found.Order()];
    }

    /// <summary>Null when it holds neither.</summary>
    private static bool? Holds(string process, HashSet<uint> programs, HashSet<uint> maps)
    {
        bool? found = null;
        try
        {
            foreach (var descriptor in Directory.GetFiles(process + "/fd"))
            {
                var kind = File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.Name ?? "";
                if (kind.EndsWith("bpf-prog", StringComparison.Ordinal) && programs.Contains(Number(process, descriptor, "prog_id:")))
                    return true;
                if (kind.EndsWith("bpf-map", StringComparison.Ordinal) && maps.Contains(Number(process, descriptor, "map_id:")))
                    found = false;
            }
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or is not ours to look at.
        }

        return found;
    }

    private static uint Number(string process, string descriptor, string key) =>
        uint.TryParse(Field(process, descriptor, key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Field(string process, string descriptor, string key)
    {
        foreach (var line in File.ReadLines($"{process}/fdinfo/{Path.GetFileName(descriptor)}"))
        {
            if (line.StartsWith(key, StringComparison.Ordinal))
                return line[key.Length..].Trim();
        }

        return "";
    }
}
