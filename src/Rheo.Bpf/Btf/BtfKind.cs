namespace Rheo.Bpf.Btf;

/// <summary>The kinds of type that BTF knows (<c>BTF_KIND_*</c>).</summary>
/// <remarks><i>Source:</i> <c>include/uapi/linux/btf.h</c>, <c>Documentation/bpf/btf.rst</c>.</remarks>
public enum BtfKind : byte
{
    /// <summary>Type 0: <c>void</c>.</summary>
    Void = 0,

    /// <summary>An integer, <c>char</c> or <c>bool</c>.</summary>
    Integer = 1,

    /// <summary>A pointer.</summary>
    Pointer = 2,

    /// <summary>An array with a number of elements.</summary>
    Array = 3,

    /// <summary>A struct.</summary>
    Struct = 4,

    /// <summary>A union.</summary>
    Union = 5,

    /// <summary>An enum with 32-bit values.</summary>
    Enum = 6,

    /// <summary>A struct or union that is declared only.</summary>
    Forward = 7,

    /// <summary>Another name for a type.</summary>
    Typedef = 8,

    /// <summary>The modifier <c>volatile</c>.</summary>
    Volatile = 9,

    /// <summary>The modifier <c>const</c>.</summary>
    Const = 10,

    /// <summary>The modifier <c>restrict</c>.</summary>
    Restrict = 11,

    /// <summary>A function with its name.</summary>
    Function = 12,

    /// <summary>Parameters and result of a function.</summary>
    FunctionPrototype = 13,

    /// <summary>A global variable.</summary>
    Variable = 14,

    /// <summary>A section with its variables (<c>BTF_KIND_DATASEC</c>).</summary>
    DataSection = 15,

    /// <summary>A floating-point number.</summary>
    Float = 16,

    /// <summary>A text attached to a declaration (<c>btf_decl_tag</c>).</summary>
    DeclarationTag = 17,

    /// <summary>A text attached to a pointer's target (<c>btf_type_tag</c>).</summary>
    TypeTag = 18,

    /// <summary>An enum with 64-bit values.</summary>
    Enum64 = 19,
}
