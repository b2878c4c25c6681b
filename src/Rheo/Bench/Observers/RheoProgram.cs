namespace Rheo.Bench.Observers;

/// <summary>The words that start a Rheo.</summary>
/// <param name="Words">The program, and what stands between it and the command.</param>
internal sealed record RheoProgram(params IReadOnlyList<string> Words)
{
    /// <summary>The one that runs now, even when its file has been replaced since.</summary>
    public static RheoProgram Itself { get; } =
        Path.GetFileName(Environment.ProcessPath) == "dotnet"
            ? new("dotnet", Path.Combine(AppContext.BaseDirectory, "rheo.dll")) // under the JIT
            : new($"/proc/{Environment.ProcessId}/exe");
}
