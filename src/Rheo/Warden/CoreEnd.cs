namespace Rheo.Warden;

/// <summary>How a core ended.</summary>
/// <param name="Signal">The signal that killed it; 0: it ended by itself.</param>
/// <param name="Code">Its exit code.</param>
internal readonly record struct CoreEnd(int Signal, int Code)
{
    /// <summary>From a status of waitpid(2).</summary>
    internal static CoreEnd Of(int status) => new(status & 0x7f, (status >> 8) & 0xff);

    public override string ToString() => Signal != 0 ? $"was killed by signal {Signal}" : $"ended with exit code {Code}";
}
