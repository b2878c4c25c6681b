namespace Rheo.Bpf.Btf;

/// <summary>Who can see a variable or function (<c>BTF_VAR_*</c>, <c>BTF_FUNC_*</c>).</summary>
public enum BtfLinkage : uint
{
    /// <summary>Its own file only.</summary>
    Static = 0,

    /// <summary>Everybody.</summary>
    Global = 1,

    /// <summary>Defined elsewhere.</summary>
    Extern = 2,
}
