using System.Globalization;
using Rheo.Model.Owners;

namespace Rheo.Model.Filters;

/// <summary>Keys about whose an end is.</summary>
internal static class FilterOwnerKeys
{
    private const string Numbers = "a whole number, or a range such as 1000..1999 or 1000..";

    /// <summary>All of them.</summary>
    public static FilterKey[] All { get; } =
    [
        new OwnerKey("process", "an end is a process of this name, or runs this program", "a name or a pattern such as nginx or python*, or a path such as /usr/bin/*", Process),
        new OwnerKey("pid", "an end is the process of this number", Numbers, text => Number(text, process => process.Pid)),
        new OwnerKey("uid", "an end is a process of this user's number", Numbers, text => Number(text, process => process.Uid)),
        new OwnerKey("container", "an end is in a container with this id", "a container's id, or how it begins, or a pattern; * is any container", Container),
        new OwnerKey("unit", "an end is in this systemd unit", "the name of a unit or a pattern, such as nginx.service or session-*", text => Named(text, process => process.Unit)),
    ];

    // Names of programs have no slash, and paths do.
    private static Predicate<SocketProcess> Process(string pattern) =>
        pattern.Contains('/') ? Named(pattern, process => process.Executable) : Named(pattern, process => process.Name);

    // As docker and crictl take it: the first characters are enough.
    private static Predicate<SocketProcess> Container(string pattern) =>
        Named(pattern.AsSpan().ContainsAny('*', '?') ? pattern : pattern + "*", process => process.Container);

    // What has no name fits no pattern, not even *.
    private static Predicate<SocketProcess> Named(string pattern, Func<SocketProcess, string> name) =>
        process => name(process) is { Length: > 0 } text && Glob.Matches(pattern, text);

    private static Predicate<SocketProcess>? Number(string text, Func<SocketProcess, long> number)
    {
        var between = text.IndexOf("..", StringComparison.Ordinal);
        var (first, last) = between < 0 ? (text, text) : (text[..between], text[(between + 2)..]);
        if (first.Length + last.Length == 0 || !TryRead(first, 0, out var least) || !TryRead(last, uint.MaxValue, out var greatest) || least > greatest)
            return null;
        return process => number(process) >= least && number(process) <= greatest;
    }

    private static bool TryRead(string digits, long otherwise, out long number)
    {
        number = otherwise;
        return digits.Length == 0 || (long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= uint.MaxValue);
    }
}
