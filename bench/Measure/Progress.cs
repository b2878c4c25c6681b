namespace Rheo.Bench.Measure;

/// <summary>Says on stderr what is going on; stdout is for results.</summary>
internal static class Progress
{
    public static void Tell(string what) => Console.Error.WriteLine($"    {what}");

    public static void Begin(string what) => Console.Error.WriteLine($"==> {what}");

    /// <summary>Tells each round of a measurement once.</summary>
    public static Action<int, string> OfRounds(string what, int count)
    {
        var told = -1;
        return (round, _) =>
        {
            if (round > told)
                Tell($"{what}: round {(told = round) + 1} of {count}");
        };
    }

    extension<T>(Rounds<T>)
    {
        /// <summary>Runs all rows in each round, and tells each round.</summary>
        public static Rounds<T> Run(int count, IReadOnlyList<Row<T>> rows, string what) => Rounds<T>.Run(count, rows, OfRounds(what, count));
    }
}
