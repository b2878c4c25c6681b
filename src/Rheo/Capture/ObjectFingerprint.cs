using System.Globalization;

namespace Rheo.Capture;

/// <summary>Tells whether two versions of the program bring the same kernel object.</summary>
internal static class ObjectFingerprint
{
    // FNV-1a, 64 bits (Fowler, Noll, Vo): both versions are ours, nobody forges here. .NET's SHA-2 wants a libssl on the machine, and we want none.
    private const ulong Basis = 14_695_981_039_346_656_037, Prime = 1_099_511_628_211;

    /// <summary>Of <c>NAME.bpf.o</c> as it is embedded: its length and a hash of its bytes.</summary>
    internal static string Of(string name)
    {
        using var stream = typeof(ObjectFingerprint).Assembly.GetManifestResourceStream($"{name}.bpf.o")
            ?? throw new InvalidOperationException($"{name}.bpf.o is not embedded in the assembly");
        var hash = Basis;
        Span<byte> some = stackalloc byte[4096];
        for (var count = stream.Read(some); count > 0; count = stream.Read(some))
        {
            foreach (var one in some[..count])
                hash = (hash ^ one) * Prime;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{stream.Length}-{hash:x16}");
    }
}
