using Rheo.Tests.Ground;
using Xunit;

namespace Rheo.Tests.Bpf;

/// <summary>The whole generated text against a file that a person can read. RHEO_UPDATE=1 writes the files anew.</summary>
public sealed class GoldenTests
{
    [Theory]
    [InlineData("shapes")]
    [InlineData("maps")]
    public void TheGeneratedTextIsTheOneThatWasReviewed(string name)
    {
        var path = Path.Combine(Repository.Root, "tests/Rheo.Tests/Bpf", $"{name}.expected.txt");
        var text = Fixture.Generate(name, Fixture.Object(name));
        if (Environment.GetEnvironmentVariable("RHEO_UPDATE") == "1")
            File.WriteAllText(path, text);
        Assert.Equal(File.ReadAllText(path), text);
    }
}
