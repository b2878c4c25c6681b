using Rheo.Bpf.Btf;

namespace Rheo.Bpf.Gen;

/// <summary>C# types of C's numbers.</summary>
internal static class Primitives
{
    public static string Integer(BtfType type)
    {
        var integer = type.Integer;
        if (integer.IsBoolean && type.Size == 1)
            return "bool";
        if (integer.Bits != type.Size * 8 || integer.BitOffset != 0)
            throw new UnsupportedTypeException($"{type}: {integer.Bits} bits in {type.Size} bytes have no C# type");

        // char is text, whatever its sign: bytes are what the encoders take. Only `signed char` (__s8) is a number.
        return Sized(type, integer.IsSigned && type.Name != "char");
    }

    public static string Float(BtfType type) => type.Size switch
    {
        2 => "Half",
        4 => "float",
        8 => "double",
        _ => throw new UnsupportedTypeException($"{type}: a float of {type.Size} bytes has no C# type"),
    };

    public static string Enum(BtfType type) => Sized(type, type.Flag);

    private static string Sized(BtfType type, bool isSigned) => (type.Size, isSigned) switch
    {
        (1, false) => "byte",
        (1, true) => "sbyte",
        (2, false) => "ushort",
        (2, true) => "short",
        (4, false) => "uint",
        (4, true) => "int",
        (8, false) => "ulong",
        (8, true) => "long",
        (16, false) => "UInt128",
        (16, true) => "Int128",
        _ => throw new UnsupportedTypeException($"{type}: a number of {type.Size} bytes has no C# type"),
    };
}
