using Rheo.Sinks;
using Xunit;

namespace Rheo.Tests.Sinks;

public sealed class ResultFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rheo-results-").FullName;

    [Fact]
    public void WhatWasThereIsReplacedAndNothingElseIsLeft()
    {
        File.WriteAllText(In("result"), "something older and longer");
        var file = ResultFile.At(In("result"));
        Assert.Equal("something older and longer", File.ReadAllText(In("result")));

        file.Write("new"u8);

        Assert.Equal("new", File.ReadAllText(In("result")));
        Assert.Equal([In("result")], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void ALinkIsRefusedWithTheReasonAndWhatItNamesIsLetBe()
    {
        File.WriteAllText(In("theirs"), "theirs");
        File.CreateSymbolicLink(In("link"), In("theirs"));
        File.CreateSymbolicLink(In("dangling"), In("nowhere"));

        Assert.Contains("symbolic link", Assert.Throws<IOException>(() => ResultFile.At(In("link"))).Message, StringComparison.Ordinal);
        Assert.Contains("symbolic link", Assert.Throws<IOException>(() => ResultFile.At(In("dangling"))).Message, StringComparison.Ordinal);
        Assert.Equal("theirs", File.ReadAllText(In("theirs")));
    }

    [Fact]
    public void ADeviceIsWrittenToAndStaysADevice()
    {
        ResultFile.At("/dev/null").Write("away"u8);

        Assert.Empty(File.ReadAllBytes("/dev/null"));
    }

    [Fact]
    public void AFolderThatIsNotThereIsToldBeforeAnythingIsMeasured()
    {
        Assert.ThrowsAny<IOException>(() => ResultFile.At(In("none/result")));
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => ResultFile.At(_folder)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string In(string name) => Path.Combine(_folder, name);
}
