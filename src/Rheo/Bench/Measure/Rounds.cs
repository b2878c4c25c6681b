using Rheo.Measured;

namespace Rheo.Bench.Measure;

/// <summary>
/// Every round runs all rows, odd rounds in reverse, so that a drift of the machine falls on all rows alike; rows are compared
/// within their round.
/// </summary>
internal sealed class Rounds<T>
{
    private readonly Dictionary<string, List<T>> _values = [];

    private Rounds(IEnumerable<Row<T>> rows)
    {
        foreach (var row in rows)
            _values[row.Name] = [];
    }

    public IReadOnlyList<T> this[string row] => _values[row];

    /// <summary>Runs them all.</summary>
    /// <param name="count">How many rounds.</param>
    /// <param name="rows">What is measured in each.</param>
    /// <param name="tell">Is told the round, from 0, and the row before each measurement.</param>
    public static Rounds<T> Run(int count, IReadOnlyList<Row<T>> rows, Action<int, string> tell)
    {
        var rounds = new Rounds<T>(rows);
        for (var round = 0; round < count; round++)
        {
            foreach (var row in round % 2 == 0 ? rows : rows.Reverse())
            {
                tell(round, row.Name);
                rounds._values[row.Name].Add(row.Measure());
            }
        }

        return rounds;
    }

    /// <summary>A row by itself.</summary>
    public Spread Of(string row, Func<T, double> value) => Spread.Of(_values[row].Select(value));

    /// <summary>A row against another one of the same round.</summary>
    public Spread Against(string row, string other, Func<T, T, double> compare) =>
        Spread.Of(_values[row].Zip(_values[other], compare));
}
