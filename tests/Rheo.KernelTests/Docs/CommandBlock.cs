namespace Rheo.KernelTests.Docs;

/// <summary>A block of Markdown that a reader is meant to run: fenced, in the language <c>sh</c>.</summary>
/// <param name="Line">The line of its fence, from 1.</param>
/// <param name="Script">What stands between the fences.</param>
internal readonly record struct CommandBlock(int Line, string Script)
{
    /// <summary>All such blocks of a document, in order.</summary>
    public static IEnumerable<CommandBlock> Find(string[] lines)
    {
        for (var start = 0; start < lines.Length; start++)
        {
            if (!lines[start].StartsWith("```", StringComparison.Ordinal))
                continue;
            var end = Array.FindIndex(lines, start + 1, line => line == "```");
            if (end < 0)
                throw new InvalidDataException($"the block of line {start + 1} has no end");
            if (lines[start] == "```sh")
                yield return new CommandBlock(start + 1, string.Join('\n', lines[(start + 1)..end]) + "\n");
            start = end;
        }
    }
}
