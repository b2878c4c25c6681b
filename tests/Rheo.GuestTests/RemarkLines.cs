using Xunit;

namespace Rheo.GuestTests;

/// <summary>What a test says beside its result: lines that begin with <c># </c>.</summary>
internal sealed class RemarkLines : ITestOutputHelper
{
    public void WriteLine(string message)
    {
        foreach (var line in message.Split('\n'))
            Console.WriteLine($"# {line.TrimEnd('\r')}");
    }
}
