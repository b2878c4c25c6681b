using System.Text;
using Rheo.Terminal.Live;
using Xunit;

namespace Rheo.Tests.Terminal.Live;

public sealed class KeyDecoderTests
{
    [Theory]
    [InlineData("\e[A", KeyName.Up)]
    [InlineData("\eOB", KeyName.Down)]
    [InlineData("\e[1;5C", KeyName.Right)]
    [InlineData("\e[H", KeyName.Home)]
    [InlineData("\e[1~", KeyName.Home)]
    [InlineData("\e[7~", KeyName.Home)]
    [InlineData("\eOF", KeyName.End)]
    [InlineData("\e[4~", KeyName.End)]
    [InlineData("\e[5~", KeyName.PageUp)]
    [InlineData("\e[6;5~", KeyName.PageDown)]
    [InlineData("\e[3~", KeyName.Delete)]
    [InlineData("\r", KeyName.Enter)]
    [InlineData("\u007f", KeyName.Backspace)]
    [InlineData("\t", KeyName.Tab)]
    [InlineData("\e[[A", KeyName.Unknown)]
    [InlineData("\e[15~", KeyName.Unknown)]
    [InlineData("\e[<0;1;1M", KeyName.Enter)]
    public void SequencesAreKeys(string sent, KeyName expected) => Assert.Equal(expected, Assert.Single(Decode(sent)).Name);

    [Fact]
    public void CharactersOfSeveralBytesMayComeInPieces()
    {
        var decoder = new KeyDecoder();
        var keys = new List<Key>();
        foreach (var octet in "文q🙂"u8)
            decoder.Decode([octet], keys);

        Assert.Equal("文q🙂", string.Concat(keys.Select(key => key.Character)));
        Assert.False(decoder.IsWaiting);
    }

    [Fact]
    public void ALoneEscIsAKeyOnceNothingFollows()
    {
        var decoder = new KeyDecoder();
        var keys = new List<Key>();
        decoder.Decode("\e"u8, keys);

        Assert.True(decoder.IsWaiting);
        Assert.Empty(keys);
        decoder.Flush(keys);
        Assert.Equal(KeyName.Escape, Assert.Single(keys).Name);
    }

    [Fact]
    public void EscAndALetterAreTwoKeys() => Assert.Equal([KeyName.Escape, 'q'], Decode("\eq"));

    [Fact]
    public void ControlLettersAreTold() => Assert.True(Assert.Single(Decode("\u000c")).IsControl('l'));

    [Fact]
    public void NoBytesWhateverStopTheDecoder()
    {
        var random = new Random(3);
        var octets = new byte[64];
        for (var round = 0; round < 20_000; round++)
        {
            var decoder = new KeyDecoder();
            var keys = new List<Key>();
            random.NextBytes(octets);
            if (round % 2 == 0)
                "\e["u8.CopyTo(octets);
            decoder.Decode(octets, keys);
            decoder.Flush(keys);
            keys.Clear();
            decoder.Decode("q"u8, keys);

            Assert.Equal(['q'], keys);
        }
    }

    private static List<Key> Decode(string sent)
    {
        var decoder = new KeyDecoder();
        var keys = new List<Key>();
        decoder.Decode(Encoding.UTF8.GetBytes(sent), keys);
        decoder.Flush(keys);
        return keys;
    }
}
