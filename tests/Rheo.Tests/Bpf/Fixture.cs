using System.Text;
using Rheo.Bpf.Gen;

namespace Rheo.Tests.Bpf;

/// <summary>The objects that the build made of the <c>.bpf.c</c> files beside the tests.</summary>
internal static class Fixture
{
    public static byte[] Object(string name)
    {
        using var stream = typeof(Fixture).Assembly.GetManifestResourceStream($"{name}.bpf.o")
            ?? throw new ArgumentException($"{name}.bpf.o is not embedded", nameof(name));
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    public static string Generate(string name, ReadOnlySpan<byte> file) =>
        Generator.Generate(file, new GenerationOptions($"{name}.bpf.o") { Namespace = "Rheo.Tests.Bpf" });

    /// <summary>A copy of the bytes that lies about something: some of them replaced, or the end cut off.</summary>
    public static byte[] Mutate(ReadOnlySpan<byte> original, Random random)
    {
        ReadOnlySpan<uint> telling = [0, 1, 0x7fffffff, 0x80000000, 0xffffffff, (uint)original.Length, 0x0fffffff];
        var bytes = original.ToArray();
        for (var change = random.Next(1, 5); change > 0; change--)
        {
            var at = random.Next(bytes.Length - 4);
            if (random.Next(2) == 0)
                bytes[at] = (byte)random.Next(256);
            else
                BitConverter.TryWriteBytes(bytes.AsSpan(at & ~3), telling[random.Next(telling.Length)]);
        }

        return random.Next(8) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    /// <summary>A BTF blob of the given type words and strings, for what no compiler would write.</summary>
    public static byte[] Btf(ReadOnlySpan<uint> types, string strings)
    {
        using var blob = new MemoryStream();
        using var writer = new BinaryWriter(blob);
        var text = Encoding.ASCII.GetBytes(strings);
        foreach (var word in (ReadOnlySpan<uint>)[0x0001eb9f, 24, 0, (uint)types.Length * 4, (uint)types.Length * 4, (uint)text.Length])
            writer.Write(word);
        foreach (var word in types)
            writer.Write(word);
        writer.Write(text);
        return blob.ToArray();
    }
}
