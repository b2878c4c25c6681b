namespace Rheo.Bpf;

/// <summary>What an update may find in the map.</summary>
public enum UpdateMode
{
    /// <summary>Writes the element whether it is there or not (<c>BPF_ANY</c>).</summary>
    Any = 0,

    /// <summary>Adds the element; refused if it is there (<c>BPF_NOEXIST</c>).</summary>
    Add = 1,

    /// <summary>Replaces the element; refused if it is not there (<c>BPF_EXIST</c>).</summary>
    Replace = 2,
}
