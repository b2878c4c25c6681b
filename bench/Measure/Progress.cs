namespace Rheo.Bench.Measure;

/// <summary>Says on stderr what is going on; stdout is for results.</summary>
internal static class Progress
{
    public static void Tell(string what) => Console.Error.WriteLine($"    {what}");

    public static void Begin(string what) => Console.Error.WriteLine($"==> {what}");
}
