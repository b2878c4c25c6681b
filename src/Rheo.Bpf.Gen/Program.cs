using Rheo.Bpf.Gen;

return Command.Run(args, Console.Out, Console.Error);
