using Rheo.Model;
using Rheo.Model.Connections;

namespace Rheo.Web;

/// <summary>What a request to <c>/api/v1/connections</c> selects, in the words of <c>rheo conns</c>.</summary>
/// <param name="Question">It, as the table of connections is asked.</param>
public sealed record ConnectionQuery(ConnectionQuestion Question) : IRowQuery<ConnectionQuery>
{
    private const int LongestContainer = 256;

    internal static readonly IReadOnlyList<string> Parameters =
        ["filter", "state", "pid", "container", "slow", "retransmitting", "all", "since", "listening", "sort", "limit"];

    /// <inheritdoc/>
    static IReadOnlyList<string> IRowQuery<ConnectionQuery>.Parameters => Parameters;

    /// <inheritdoc/>
    public int Limit => Question.Limit;

    /// <inheritdoc/>
    static ConnectionQuery IRowQuery<ConnectionQuery>.Read(QueryReader reader) => new(new ConnectionQuestion(
        Choice(reader),
        reader.Optional<ConnectionOrder>("sort", ConnectionWords.TryParse, "none of " + string.Join(", ", ConnectionWords.OrderWords)) ?? default,
        reader.Flag("listening"),
        reader.Limit()));

    private static ConnectionChoice Choice(QueryReader reader) => new()
    {
        Filter = reader.Filter(FilterSubject.Connection),
        State = reader.Optional<ConnectionState>("state", ConnectionWords.TryParse, "none of " + string.Join(", ", ConnectionWords.StateWords)),
        Pid = reader.Number("pid"),
        Container = reader.Optional<Prefix>("container", TryPrefix, "longer than an id can be")?.Text,
        Slow = reader.Optional<TimeSpan>("slow", Duration.TryParse, "no duration; write 500ms, 10s, 2m or 1h"),
        Retransmitting = reader.Flag("retransmitting"),
        All = reader.Flag("all"),
        SinceNs = reader.Optional<long>("since", Rfc3339.TryParse, "no time; write 2026-01-31T23:59:59Z") ?? 0,
    };

    private static bool TryPrefix(string text, out Prefix prefix)
    {
        prefix = new Prefix(text);
        return text.Length <= LongestContainer;
    }

    private readonly record struct Prefix(string Text);
}
