namespace Rheo.Bpf.Gen;

/// <summary>Writes structs and enums.</summary>
internal static class TypeWriter
{
    public static void Write(Code code, StructPlan plan)
    {
        code.Line();
        code.Summary($"C: <c>{Code.Doc(plan.CName)}</c>, {plan.Size} bytes.");
        code.Line($"[StructLayout(LayoutKind.Explicit, Size = {plan.Size})]");
        code.Block($"public struct {plan.Name}", () =>
        {
            for (var index = 0; index < plan.Fields.Count; index++)
            {
                if (index > 0)
                    code.Line();
                Write(code, plan.Fields[index]);
            }
        });
    }

    public static void Write(Code code, EnumPlan plan)
    {
        code.Line();
        code.Summary($"C: <c>{Code.Doc(plan.CName)}</c>.");
        var head = plan.IsConstants ? $"public static class {plan.Name}" : $"public enum {plan.Name} : {plan.Underlying}";
        code.Block(head, () =>
        {
            foreach (var member in plan.Members)
            {
                code.Summary($"C: <c>{Code.Doc(member.CName)}</c>.");
                code.Line(plan.IsConstants ? $"public const {plan.Underlying} {member.Name} = {member.Value};" : $"{member.Name} = {member.Value},");
            }
        });
    }

    public static void WriteArray(Code code, uint length)
    {
        code.Line();
        code.Summary($"{length} elements in place: the array type that .NET lacks.");
        code.Line($"[InlineArray({length})]");
        code.Block($"public struct InlineArray{length}<T>", () => code.Line("private T _first;"));
    }

    private static void Write(Code code, FieldPlan field)
    {
        var remark = field.Remark.Length > 0 ? $"; {field.Remark}" : "";
        code.Summary($"C: <c>{Code.Doc(field.CDeclaration)}</c>{remark}.");
        code.Line($"[FieldOffset({field.Offset})]");
        code.Line($"public {field.Type} {field.Name};");
    }
}
