namespace Rheo.Warden.Interop;

// The structs of capset(2), version 3: 64 capabilities in two words.

/// <summary>struct __user_cap_header_struct.</summary>
internal struct cap_user_header
{
    public const uint Version3 = 0x2008_0522; // _LINUX_CAPABILITY_VERSION_3

    public uint version;
    public int pid; // 0: the calling thread
}

/// <summary>struct __user_cap_data_struct, twice: the low words, then the high ones.</summary>
internal struct cap_user_data
{
    public uint effective_low;
    public uint permitted_low;
    public uint inheritable_low;
    public uint effective_high;
    public uint permitted_high;
    public uint inheritable_high;
}
