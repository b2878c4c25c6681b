namespace Rheo.Bpf.Btf;

/// <summary>A parameter of a function prototype.</summary>
/// <param name="Name">Its name; may be empty.</param>
/// <param name="TypeId">Its type; 0 at the end stands for variable arguments.</param>
public readonly record struct BtfParameter(string Name, uint TypeId);
