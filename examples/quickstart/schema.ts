import { createSchema, defineRelations } from "@mortise/core";
import { Comment } from "./comment.ts";
import { Post } from "./post.ts";
import { PostTag, Tag } from "./tag.ts";
import { User } from "./user.ts";

const cascade = { constraint: { onDelete: "cascade" }, nullable: false } as const;

/** The one file that imports every model. `constraint` asks for a foreign key in the database. */
export const schema = createSchema(
  { users: User, posts: Post, comments: Comment, tags: Tag, postTags: PostTag },
  {
    users: defineRelations(User, ({ hasMany }) => ({
      posts: hasMany(Post, { foreignKey: "userId" }),
    })),
    posts: defineRelations(Post, ({ belongsTo, hasMany, manyToMany }) => ({
      author: belongsTo(User, { foreignKey: "userId", ...cascade }),
      comments: hasMany(Comment, { foreignKey: "postId" }),
      tags: manyToMany(Tag, { through: PostTag, leftForeignKey: "postId", rightForeignKey: "tagId" }),
    })),
    comments: defineRelations(Comment, ({ belongsTo }) => ({
      post: belongsTo(Post, { foreignKey: "postId", ...cascade }),
      author: belongsTo(User, { foreignKey: "userId", ...cascade }),
    })),
    postTags: defineRelations(PostTag, ({ belongsTo }) => ({
      post: belongsTo(Post, { foreignKey: "postId", ...cascade }),
      tag: belongsTo(Tag, { foreignKey: "tagId", ...cascade }),
    })),
  },
);
export const {
  users: UserModel,
  posts: PostModel,
  comments: CommentModel,
  tags: TagModel,
  postTags: PostTagModel,
} = schema;
